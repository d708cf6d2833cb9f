package dev.standstill.jdbc;

import dev.standstill.jdbc.dialect.Session;

/**
 * What one logical connection has for itself on the connection that all share.
 *
 * @param options of the data source that it comes from
 * @param settings what it has set by JDBC
 * @param ofDialect what it has set otherwise
 */
record LogicalSession(Options options, SessionSettings settings, Session ofDialect) {}
