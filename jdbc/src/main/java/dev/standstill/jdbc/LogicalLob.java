package dev.standstill.jdbc;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A large object of a logical connection: whatever reads or writes it waits for its turn, because
 * some drivers, such as PostgreSQL's, talk to the server then.
 */
final class LogicalLob extends JdbcProxy {

  private final LogicalConnection connection;

  private LogicalLob(Object delegate, LogicalConnection connection) {
    super(delegate);
    this.connection = connection;
  }

  /** Stands for {@code result} if it is a large object; else returns it. */
  static @Nullable Object wrap(@Nullable Object result, LogicalConnection connection) {
    return switch (result) {
      // Of MariaDB each is all three.
      case Blob blob -> create(Blob.class, new LogicalLob(blob, connection));
      case NClob clob -> create(NClob.class, new LogicalLob(clob, connection));
      case Clob clob -> create(Clob.class, new LogicalLob(clob, connection));
      case null, default -> result;
    };
  }

  @Override
  @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    Object result = connection.executeLater(call);
    return switch (result) {
      case InputStream bytes -> new Bytes(bytes);
      case Reader characters -> new Characters(characters);
      case OutputStream sink -> new Sink(sink);
      case null, default -> result;
    };
  }

  @FunctionalInterface
  private interface StreamCall<T> {
    T call() throws IOException;
  }

  private <T> T inTurn(StreamCall<T> call) throws IOException {
    try {
      return connection.executeLater(() -> {
        try {
          return call.call();
        } catch (IOException e) {
          throw new SQLException(e);
        }
      });
    } catch (SQLException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    }
  }

  @FunctionalInterface
  private interface StreamAction {
    void run() throws IOException;
  }

  private void doInTurn(StreamAction action) throws IOException {
    inTurn(() -> {
      action.run();
      return true;
    });
  }

  private final class Bytes extends InputStream {

    private final InputStream delegate;

    Bytes(InputStream delegate) {
      this.delegate = delegate;
    }

    @Override
    public int read() throws IOException {
      return inTurn(delegate::read);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return inTurn(() -> delegate.read(into, offset, length));
    }

    @Override
    public void close() throws IOException {
      doInTurn(delegate::close);
    }
  }

  private final class Characters extends FilterReader {

    Characters(Reader delegate) {
      super(delegate);
    }

    @Override
    public int read() throws IOException {
      return inTurn(in::read);
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      return inTurn(() -> in.read(into, offset, length));
    }

    @Override
    public void close() throws IOException {
      doInTurn(in::close);
    }
  }

  private final class Sink extends OutputStream {

    private final OutputStream delegate;

    Sink(OutputStream delegate) {
      this.delegate = delegate;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      doInTurn(() -> delegate.write(octets, offset, length));
    }

    @Override
    public void flush() throws IOException {
      doInTurn(delegate::flush);
    }

    @Override
    public void close() throws IOException {
      doInTurn(delegate::close);
    }
  }
}
