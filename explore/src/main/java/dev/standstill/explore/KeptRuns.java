package dev.standstill.explore;

import dev.standstill.explore.kept.FailureFolder;
import dev.standstill.explore.kept.KeptFailure;
import dev.standstill.explore.shrink.SameFailure;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.spi.BuildFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failures that earlier explorations of a program have kept, and what becomes of them. For one
 * thread.
 */
final class KeptRuns {

  private final @Nullable FailureFolder built;
  private final @Nullable FailureFolder checkedIn;
  private final List<String> notes = new ArrayList<>();

  private KeptRuns(@Nullable Place place, String options) {
    this.built = place == null ? null : folder(place.built, place.program, options);
    this.checkedIn = place == null ? null : folder(place.checkedIn, place.program, options);
  }

  /**
   * Where the failures of a program are kept.
   *
   * @param program what tells it from others
   * @param built the folder whose files go when they no longer fail; null for none
   * @param checkedIn the folder whose files stay; null for none
   */
  record Place(String program, @Nullable Path built, @Nullable Path checkedIn) {

    /** In the folder of the build, if there is one. */
    static Place of(String program, @Nullable Path checkedIn) {
      return new Place(program, BuildFolder.find().orElse(null), checkedIn);
    }
  }

  /** A repeated run. */
  interface Repeated {
    /** Whether it went as the recorded one did. */
    boolean fits();

    /** Says more of how it fails; null if it does not. */
    @Nullable ScheduleFailure failure(String found);
  }

  /** Repeats a run. */
  interface Repeater {
    Repeated repeat(ReplayToken token);
  }

  /**
   * @param place where they are; null if none are kept
   * @param options how the program is explored: tokens of other ways mean something else
   */
  static KeptRuns of(@Nullable Place place, String options) {
    return new KeptRuns(place, options);
  }

  private @Nullable FailureFolder folder(@Nullable Path root, String program, String options) {
    return root == null ? null : new FailureFolder(root, program, options, notes::add);
  }

  /** What became of those that were kept, a sentence each. */
  List<String> notes() {
    return notes;
  }

  /**
   * Repeats those that are kept until one fails.
   *
   * @return the failure; null if there is none
   */
  @Nullable ScheduleFailure firstThatFails(Repeater repeater, BooleanSupplier stop) {
    List<KeptFailure> removable = built == null ? List.of() : built.list();
    List<KeptFailure> lasting = checkedIn == null ? List.of() : checkedIn.list();
    int passed = 0;
    for (KeptFailure kept : Stream.concat(removable.stream(), lasting.stream()).toList()) {
      if (stop.getAsBoolean()) {
        return null;
      }
      Repeated repeated = repeater.repeat(kept.token());
      ScheduleFailure failure = repeated.failure(failsAgain(kept, repeated.fits()));
      if (failure != null) {
        return failure;
      }
      boolean stays = lasting.contains(kept);
      if (stays && repeated.fits()) {
        passed++;
      } else {
        notes.add(passes(kept, repeated.fits(), stays));
      }
      if (!stays) {
        Objects.requireNonNull(built).forget(kept);
      }
    }
    if (passed > 0) {
      notes.add(
          passed == 1
              ? "The kept failure that is checked in was run first and does not fail."
              : "The %,d kept failures that are checked in were run first and do not fail."
                  .formatted(passed));
    }
    return null;
  }

  private static String failsAgain(KeptFailure kept, boolean fits) {
    return fits
        ? "A failure that an earlier run has kept fails again: %s.".formatted(kept.file())
        : "A failure that an earlier run has kept fails again, although the program has changed since: %s."
            .formatted(kept.file());
  }

  private static String passes(KeptFailure kept, boolean fits, boolean stays) {
    String what =
        fits
            ? "A kept failure no longer fails"
            : "A kept failure does not fit the program any more, which has changed since";
    String fate =
        stays
            ? "%s stays, as it is checked in: explore without it, and keep what is found anew"
            : "%s is removed";
    return "%s (%s); %s.".formatted(what, kept.failure(), fate.formatted(kept.file()));
  }

  /** Keeps what was found. */
  void keep(ScheduleFailure found) {
    String failure = SameFailure.as(Objects.requireNonNull(found.getCause())).toString();
    Stream.of(built, checkedIn)
        .filter(Objects::nonNull)
        .forEach(folder -> folder.keep(failure, found.token()));
  }
}
