package dev.standstill.examples.bank;

import dev.standstill.jdbc.RollbackDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;

/** The bank on H2, embedded in the tests. */
// tag::h2[]
class BankOnH2Test extends BankContract {

  private static final DataSource H2 = h2();

  /** Made once, for all tests; a pool sits on top of it. */
  private static final RollbackDataSource DB = RollbackDataSource.wrap(H2).beneathPool();

  BankOnH2Test() {
    super(DB);
  }

  @BeforeAll
  static void createTables() throws SQLException {
    new Accounts(H2).createTables();
  }

  private static DataSource h2() {
    var h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:test;DB_CLOSE_DELAY=-1");
    return h2;
  }
}
// end::h2[]
