package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

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
      run(Map.of("standstill.leeks", "warn", "standstill.loop", "none", "browser", "any"));
      run(Map.of("standstill.leeks", "warn"));
    } finally {
      LOG.removeHandler(handler);
    }

    assertThat(logged)
        .singleElement()
        .asString()
        .startsWith(
            "There is no parameter standstill.leeks, so it is ignored: is standstill.leaks meant?");
  }

  private static void run(Map<String, String> parameters) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Plain.class))
                .filters(EngineFilter.includeEngines("junit-vintage"))
                .configurationParameters(parameters)
                .build());
  }

  public static class Plain {
    @org.junit.Test
    public void runs() {}
  }
}
