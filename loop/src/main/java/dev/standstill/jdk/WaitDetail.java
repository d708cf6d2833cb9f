package dev.standstill.jdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known, beyond a look into its thread, of what a task waits for. Immutable.
 *
 * @param object what programs know as that thing, rather than a part of it that threads park on
 * @param owner the thread that holds it, where only notes tell
 * @param sharers the threads that hold it for reading, or a permit of it
 * @param text more of it, such as "2 of 4 have come"
 */
public record WaitDetail(
    @Nullable Object object, @Nullable Thread owner, List<Thread> sharers, @Nullable String text) {

  static WaitDetail of(@Nullable Object object) {
    return new WaitDetail(object, null, List.of(), null);
  }

  static WaitDetail of(Object object, String text) {
    return new WaitDetail(object, null, List.of(), text);
  }

  static WaitDetail heldBy(Object object, List<Thread> sharers) {
    return new WaitDetail(object, null, sharers, null);
  }
}
