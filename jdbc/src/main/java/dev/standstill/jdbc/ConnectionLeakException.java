package dev.standstill.jdbc;

import java.util.List;

/**
 * Connections were still open when their scope ended. Everything they did has been undone all the
 * same. Each suppressed exception is the stack that opened one of them. Immutable.
 */
public final class ConnectionLeakException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  ConnectionLeakException(String name, List<StackOf> opened) {
    super(
        "%d %s of %s still open at the end of the scope, opened where the suppressed %s: close what getConnection() returned, with try-with-resources. If a connection pool sits above the data source and keeps them on purpose, make it with beneathPool()."
            .formatted(
                opened.size(),
                opened.size() == 1 ? "connection" : "connections",
                name,
                opened.size() == 1 ? "stack shows" : "stacks show"));
    opened.forEach(this::addSuppressed);
  }
}
