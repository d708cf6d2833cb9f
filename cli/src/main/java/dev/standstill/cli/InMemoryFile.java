package dev.standstill.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** A file that is nowhere but in memory, with an address by which others read it. */
final class InMemoryFile extends URLStreamHandler {

  private final byte[] content;

  private InMemoryFile(byte[] content) {
    this.content = content;
  }

  /** An address for these bytes. */
  static URL url(String name, byte[] content) {
    try {
      return URL.of(URI.create("memory:///" + name), new InMemoryFile(content));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) {
    return new URLConnection(url) {
      @Override
      public void connect() {}

      @Override
      public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
      }
    };
  }
}
