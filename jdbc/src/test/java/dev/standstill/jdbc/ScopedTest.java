package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests in a scope of their own on each database, of which nothing is left afterwards. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class ScopedTest {

  @Parameter TestDatabase database;
  RollbackDataSource db;
  RollbackScope scope;

  @BeforeEach
  void begin() throws SQLException {
    db = dataSource();
    scope = db.begin();
  }

  RollbackDataSource dataSource() {
    return RollbackDataSource.wrap(database.dataSource());
  }

  @AfterEach
  void endLeavesNothingBehind() throws SQLException {
    if (scope == null) {
      return; // there is no such database
    }
    scope.close();
    assertThat(notes(database.dataSource())).isEmpty();
  }
}
