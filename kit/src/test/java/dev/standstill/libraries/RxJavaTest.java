package dev.standstill.libraries;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Observable;
import org.junit.jupiter.api.Test;

/** RxJava runs on its own computation scheduler, in virtual time. */
class RxJavaTest {

  @Test
  void debounceKeepsWhatIsFollowedByAPause() throws Exception {
    Loops.runOnEach(() -> {
      Observable<Integer> typed =
          Observable.just(1, 2, 30, 31, 60)
              .concatMap(second ->
                  Observable.just(second).delay(second - Loops.elapsed().toSeconds(), SECONDS));
      assertThat(typed.debounce(10, SECONDS).toList().blockingGet()).containsExactly(2, 31, 60);
      return null;
    });
  }
}
