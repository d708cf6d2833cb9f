/**
 * Tests whose every change of a database is undone, whichever task or thread made it.
 *
 * <p>A {@link dev.standstill.jdbc.RollbackDataSource} wraps any {@code DataSource}. Between {@link
 * dev.standstill.jdbc.RollbackDataSource#begin() begin} and the end of that <em>scope</em> all code
 * shares one <em>physical</em> connection, whose one transaction is never committed. What {@code
 * getConnection()} returns is a <em>logical</em> connection. What it does from its first statement
 * to {@code commit} or {@code rollback} is a <em>unit of work</em>, a savepoint of that
 * transaction; so is each single statement in autocommit mode. Units of work take the connection in
 * turns, first come, first served, and never interleave.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.jdbc;

import org.jspecify.annotations.NullMarked;
