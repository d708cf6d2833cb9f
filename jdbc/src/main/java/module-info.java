/** A DataSource whose every change is undone when the test ends. */
@SuppressWarnings("module") // JUnit's platform, which makes the extension, need not be there
module dev.standstill.jdbc {
  requires dev.standstill.loop;
  requires transitive java.sql;
  requires static transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports dev.standstill.jdbc;

  opens dev.standstill.jdbc to
      org.junit.platform.commons;
}
