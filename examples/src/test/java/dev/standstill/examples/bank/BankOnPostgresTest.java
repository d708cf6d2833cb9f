package dev.standstill.examples.bank;

import dev.standstill.jdbc.RollbackDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same bank on a real PostgreSQL server, which the test starts. */
class BankOnPostgresTest extends BankContract {

  private static EmbeddedPostgres server;
  private static RollbackDataSource db;

  BankOnPostgresTest() {
    super(db);
  }

  @BeforeAll
  static void startServer() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    new Accounts(server.getPostgresDatabase()).createTables();
    db = RollbackDataSource.wrap(server.getPostgresDatabase()).beneathPool();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }
}
