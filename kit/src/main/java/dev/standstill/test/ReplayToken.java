package dev.standstill.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What repeats a run: its schedule, and a fingerprint to tell whether the repetition was one.
 * Immutable.
 *
 * <p>Written as {@code SCHEDULE-SLICES-FINGERPRINT}. The schedule is {@code fifo} or {@code s} and
 * the seed in hexadecimal, followed, if choices are fixed, by a dot and those in Base64, and
 * perhaps by another one and the hand-overs at which a running task waits. What is long and repeats
 * itself, as in a live-lock, is compressed, and has a {@code ~} before it. A note of whoever has
 * made the token may stand at the end, after a dot.
 */
public final class ReplayToken {

  /** Raised by a change after which the same schedule runs tasks in another order. */
  private static final int VERSION = 2;

  private static final int LONG_CHOICE = 255;

  /** From so many letters on choices are compressed if that makes them fewer. */
  private static final int LONG = 100;

  private static final String COMPRESSED = "~";

  private static final Pattern SHAPE =
      Pattern.compile(
          "([0-9]{1,4})-(fifo|s[0-9a-f]{1,16})(?:\\.(~?[A-Za-z0-9_-]+)(?:\\.(~?[A-Za-z0-9_-]+))?)?-([0-9]{1,18})-([0-9a-f]{8})(?:\\.([A-Za-z0-9_-]+))?");

  private static final Pattern NOTE = Pattern.compile("[A-Za-z0-9_-]*");

  private final Schedule schedule;
  private final long slices;
  private final int fingerprint;
  private final String note;

  /**
   * @param fingerprint of the first {@code slices} slices
   */
  ReplayToken(Schedule schedule, long slices, int fingerprint) {
    this(schedule, slices, fingerprint, "");
  }

  private ReplayToken(Schedule schedule, long slices, int fingerprint, String note) {
    this.schedule = schedule;
    this.slices = slices;
    this.fingerprint = fingerprint;
    this.note = note;
  }

  /**
   * Reads a token.
   *
   * @param token what {@link #toString} gave
   * @return the token
   * @throws IllegalArgumentException if it is none; the message shows the shape
   */
  public static ReplayToken parse(String token) {
    Matcher matcher = SHAPE.matcher(token.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no replay token: a token looks like %d-s1f-42-9c0e11d2, as a failed run prints it."
              .formatted(token, VERSION));
    }
    if (Integer.parseInt(matcher.group(1)) != VERSION) {
      throw new IllegalArgumentException(
          "The replay token \"%s\" is of another version of Standstill, which chooses in another way: this one makes tokens that begin with %d."
              .formatted(token, VERSION));
    }
    try {
      return new ReplayToken(
          scheduleOf(matcher.group(2), matcher.group(3), matcher.group(4)),
          Long.parseLong(matcher.group(5)),
          Integer.parseUnsignedInt(matcher.group(6), 16),
          Objects.requireNonNullElse(matcher.group(7), ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no replay token: its choices cannot be read.".formatted(token), e);
    }
  }

  private static Schedule scheduleOf(
      String head, @Nullable String choices, @Nullable String preemptions) {
    Schedule schedule =
        head.equals("fifo")
            ? Schedule.fifo()
            : Schedule.seeded(Long.parseUnsignedLong(head.substring(1), 16));
    if (choices == null) {
      return schedule;
    }
    Schedule chosen = schedule.startingWith(decode(choices));
    return preemptions == null ? chosen : chosen.preempting(sums(decode(preemptions)));
  }

  /** Hand-overs are written as the distances between them, which are small. */
  private static int[] sums(int[] distances) {
    int[] sums = distances.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }

  private static int[] distances(int[] sums) {
    int[] distances = sums.clone();
    for (int i = 1; i < sums.length; i++) {
      distances[i] = sums[i] - sums[i - 1];
    }
    return distances;
  }

  private static int[] decode(String text) {
    byte[] bytes =
        text.startsWith(COMPRESSED)
            ? inflate(Base64.getUrlDecoder().decode(text.substring(COMPRESSED.length())))
            : Base64.getUrlDecoder().decode(text);
    int[] choices = new int[bytes.length];
    int decoded = 0;
    for (byte part : bytes) {
      choices[decoded] += Byte.toUnsignedInt(part);
      if (Byte.toUnsignedInt(part) != LONG_CHOICE) {
        decoded++;
      }
    }
    return Arrays.copyOf(choices, decoded);
  }

  private static String encode(int[] choices) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int choice : choices) {
      for (int i = 0; i < choice / LONG_CHOICE; i++) {
        bytes.write(LONG_CHOICE);
      }
      bytes.write(choice % LONG_CHOICE);
    }
    Base64.Encoder letters = Base64.getUrlEncoder().withoutPadding();
    String plain = letters.encodeToString(bytes.toByteArray());
    if (plain.length() < LONG) {
      return plain;
    }
    String compressed = COMPRESSED + letters.encodeToString(deflate(bytes.toByteArray()));
    return compressed.length() < plain.length() ? compressed : plain;
  }

  private static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written to", e);
    }
    return deflated.toByteArray();
  }

  private static byte[] inflate(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalArgumentException("not compressed", e);
    }
  }

  /**
   * Returns the schedule to follow.
   *
   * @return the schedule that the run was started with
   */
  public Schedule schedule() {
    return schedule;
  }

  /**
   * Returns the length of the run.
   *
   * @return the number of slices, 0 or more
   */
  public long slices() {
    return slices;
  }

  int fingerprint() {
    return fingerprint;
  }

  /**
   * Returns what else whoever has made the run needs to repeat it.
   *
   * @return letters, digits, {@code -} and {@code _}; empty if there is nothing
   */
  public String note() {
    return note;
  }

  /**
   * Adds what else is needed to repeat the run.
   *
   * @param text letters, digits, {@code -} and {@code _}; empty for nothing
   * @return a token that differs in its {@link #note} only
   * @throws IllegalArgumentException if {@code text} has other characters
   */
  public ReplayToken withNote(String text) {
    if (!NOTE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A note of a replay token has letters, digits, - and _ only, not \"%s\"."
              .formatted(text));
    }
    return new ReplayToken(schedule, slices, fingerprint, text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReplayToken that
        && schedule.equals(that.schedule)
        && slices == that.slices
        && fingerprint == that.fingerprint
        && note.equals(that.note);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule, slices, fingerprint, note);
  }

  /** Writes the token, for {@link #parse}. */
  @Override
  public String toString() {
    OptionalLong seed = schedule.seed();
    String head = seed.isPresent() ? "s" + Long.toHexString(seed.getAsLong()) : "fifo";
    int[] choices = schedule.choices();
    int[] preemptions = schedule.preemptions();
    String fixed = choices.length == 0 ? "" : "." + encode(choices);
    String waits =
        choices.length == 0 || preemptions.length == 0 ? "" : "." + encode(distances(preemptions));
    String end = note.isEmpty() ? "" : "." + note;
    return "%d-%s%s-%d-%08x%s".formatted(VERSION, head, fixed + waits, slices, fingerprint, end);
  }
}
