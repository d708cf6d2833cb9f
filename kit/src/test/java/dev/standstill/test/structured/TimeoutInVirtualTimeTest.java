package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Timeout;
import dev.standstill.test.TestLoop;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeoutInVirtualTimeTest extends TimeoutContract {
  @Override
  EventLoop open() {
    return TestLoop.open();
  }

  @Test
  void bothAtOnceAreBothTold() {
    assertThatThrownBy(() ->
            loop.run(() ->
                Timeout.after(
                    SHORT,
                    () -> {
                      Instant end = Instant.now().plus(SHORT);
                      try {
                        return Timeout.at(end, TimeoutContract::sleepThrough);
                      } catch (TimeoutException e) {
                        seen.add("inner");
                      }
                      return sleep();
                    })))
        .isInstanceOf(TimeoutException.class);
    assertThat(seen).containsExactly("inner");
  }
}
