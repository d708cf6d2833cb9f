package dev.standstill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of the interfaces is either delegated to the driver or deliberately mapped. */
class ProxyCompletenessTest {

  /** Mapped, and never reaches the driver under its own name and by itself. */
  private static final Set<String> MAPPED =
      Set.of(
          "Connection.abort",
          "Connection.close",
          "Connection.commit",
          "Connection.getAutoCommit",
          "Connection.isClosed",
          "Connection.isValid",
          "Connection.releaseSavepoint",
          "Connection.rollback",
          "Connection.setAutoCommit",
          "Connection.setCatalog",
          "Connection.setHoldability",
          "Connection.setNetworkTimeout",
          "Connection.setReadOnly",
          "Connection.setSavepoint",
          "Connection.setSchema",
          "Connection.setTransactionIsolation",
          "DatabaseMetaData.getConnection",
          "ResultSet.getStatement",
          "Statement.getConnection",
          "Statement.getQueryTimeout",
          "Statement.setQueryTimeout");

  private final List<String> reached = new ArrayList<>();
  private SharedConnection shared;

  @AfterEach
  void end() throws SQLException {
    shared.end();
  }

  static Stream<Method> methods() {
    return Stream.of(
            Connection.class,
            DatabaseMetaData.class,
            ResultSet.class,
            Statement.class,
            PreparedStatement.class,
            CallableStatement.class,
            Blob.class,
            Clob.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void methodIsDelegatedOrMapped(Method method) throws Exception {
    Object proxy = proxyOf(method.getDeclaringClass());
    reached.clear();
    try {
      method.invoke(proxy, defaultsOf(method.getParameterTypes()));
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).isInstanceOf(SQLException.class).hasMessageContaining("autocommit");
    }

    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    assertThat(reached.contains(name)).as(name).isNotEqualTo(MAPPED.contains(name));
  }

  private Object proxyOf(Class<?> type) throws SQLException {
    shared = SharedConnection.open(recorder(DataSource.class), "test");
    Connection connection = new LogicalConnection(shared, Options.DEFAULT, _ -> {}).proxy();
    return switch (type.getSimpleName()) {
      case "Connection" -> connection;
      case "DatabaseMetaData" -> connection.getMetaData();
      case "ResultSet" -> connection.createStatement().executeQuery("select 1");
      case "Statement" -> connection.createStatement();
      case "Blob" -> connection.createBlob();
      case "Clob" -> connection.createClob();
      case "PreparedStatement" -> connection.prepareStatement("select 1");
      default -> connection.prepareCall("select 1");
    };
  }

  /** A driver that does nothing but say what was called. */
  private <T> T recorder(Class<T> type) {
    InvocationHandler record =
        (self, method, arguments) -> {
          reached.add(method.getDeclaringClass().getSimpleName() + "." + method.getName());
          Class<?> result = method.getReturnType();
          return result.isInterface() ? recorder(result) : defaultOf(result);
        };
    return type.cast(
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, record));
  }

  private static Object[] defaultsOf(Class<?>[] types) {
    return Arrays.stream(types).map(ProxyCompletenessTest::defaultOf).toArray();
  }

  /** Zero, false, the empty string, or null. */
  private static Object defaultOf(Class<?> type) {
    if (type == String.class) {
      return "";
    }
    return type.isPrimitive() && type != void.class
        ? Array.get(Array.newInstance(type, 1), 0)
        : null;
  }
}
