package dev.standstill.examples.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.jdbc.Rollback;
import dev.standstill.jdbc.RollbackDataSource;
import dev.standstill.junit.LoopTest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server has the clock of its machine, and so have the tests of what it keeps. */
@Rollback
class LinksOnPostgresTest {

  private static EmbeddedPostgres server;
  private static RollbackDataSource db;

  @BeforeAll
  static void startServer() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    new Links(server.getPostgresDatabase()).createTable();
    db = RollbackDataSource.wrap(server.getPostgresDatabase());
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  // tag::test[]
  @LoopTest
  void aLinkIsGood() throws SQLException {
    var links = new Links(db);

    links.issue("reset password");

    assertThat(links.isGood("reset password")).isTrue();
  }

  // end::test[]

  @LoopTest(start = "2020-02-29")
  void aTestSaysWhenItStarts() {
    assertThat(Instant.now()).isEqualTo("2020-02-29T00:00:00Z");
  }
}
