create table thing(name varchar(100));
insert into thing values ('first');
