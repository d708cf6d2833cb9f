package dev.standstill.examples.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps a connection for the next request. */
public final class PricePool {

  private final String host;
  private @Nullable Socket idle;

  public PricePool(String host) {
    this.host = host;
  }

  // tag::trusting[]
  /** Takes the connection that is idle, or opens one. */
  public int price() throws IOException {
    Socket connection = idle == null ? new Socket(host, PriceServer.PORT) : idle;
    idle = null;
    int price = ask(connection);
    idle = connection;
    return price;
  }

  // end::trusting[]

  private static int ask(Socket connection) throws IOException {
    connection.getOutputStream().write('?');
    return connection.getInputStream().read();
  }

  // tag::wary[]
  /** The same, but does not wait long for a connection that was idle. */
  public int priceSoon() throws IOException {
    Socket kept = idle;
    if (kept != null) {
      try {
        kept.setSoTimeout(2_000);
        return ask(kept);
      } catch (SocketTimeoutException e) {
        idle = null;
        kept.close();
      }
    }
    return price();
  }
  // end::wary[]
}
