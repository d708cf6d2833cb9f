package dev.standstill.testng;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Names of parameters that nobody reads. */
class MistypedParametersTest {

  private static final Logger LOG = Logger.getLogger("dev.standstill");

  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Test
  void areWarnedOfOnce() {
    LOG.addHandler(handler);
    try {
      Map<String, String> parameters =
          Map.of("standstill.seds", "3", "standstill.loop", "none", "browser", "any");
      Runs.with(parameters, Plain.class);
      Runs.with(parameters, Plain.class);
    } finally {
      LOG.removeHandler(handler);
    }

    assertThat(logged)
        .singleElement()
        .asString()
        .startsWith(
            "There is no parameter standstill.seds, so it is ignored: is standstill.seeds meant?");
  }

  public static class Plain {
    @org.testng.annotations.Test
    public void runs() {}
  }
}
