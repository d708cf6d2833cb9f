package dev.standstill.network.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of localhost that was made for a test, which its clients trust. */
final class Certificate {

  private static final String PASSWORD = "changeit";

  private final KeyStore store;

  private Certificate(KeyStore store) {
    this.store = store;
  }

  /** Has the JDK's tool make one; not for a task in virtual time. */
  static Certificate make(Path directory) throws Exception {
    Path file = directory.resolve("store.p12");
    Child.Result made =
        Child.run(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-validity",
                "36500",
                "-startdate",
                "2000/01/01 00:00:00",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
    assertThat(made.status()).as(made.out() + made.err()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Certificate(store);
  }

  /** For the server and its clients, without sessions of others. */
  SSLContext context() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
