--liquibase formatted sql
--changeset somebody:1
create table thing(name varchar(100));
--changeset somebody:2
insert into thing values ('first');
