package dev.standstill.explore.race;

import dev.standstill.explore.program.PlainPlaces;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run depends on that was learnt of races before it, as the note of a replay token has it.
 * Immutable.
 *
 * @param points the keys of the plain places before which tasks may be preempted; see {@link
 *     PlainPlaces}
 * @param slow whether accesses take long
 */
record Learnt(Set<Integer> points, boolean slow) {

  static final Learnt NOTHING = new Learnt(Set.of(), false);

  private static final int KEY_BYTES = 3;

  Learnt {
    points = Set.copyOf(points);
  }

  /**
   * Reads what {@link #toString} gave.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Learnt parse(String note) {
    byte[] keys = decode(note);
    Set<Integer> points = new TreeSet<>();
    for (int at = 0; at + KEY_BYTES <= keys.length; at += KEY_BYTES) {
      int key = 0;
      for (int part = 0; part < KEY_BYTES; part++) {
        key = key << Byte.SIZE | Byte.toUnsignedInt(keys[at + part]);
      }
      points.add(key);
    }
    return new Learnt(points, keys.length % KEY_BYTES != 0);
  }

  private static byte[] decode(String note) {
    try {
      return Base64.getUrlDecoder().decode(note);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" at the end of the replay token cannot be read: copy the token as a whole."
              .formatted(note),
          e);
    }
  }

  Learnt slowly(boolean slowly) {
    return slow == slowly ? this : new Learnt(points, slowly);
  }

  /** The note; empty if nothing was learnt. */
  @Override
  public String toString() {
    byte[] keys = new byte[points.size() * KEY_BYTES + (slow ? 1 : 0)];
    int at = 0;
    for (int key : new TreeSet<>(points)) {
      for (int shift = (KEY_BYTES - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        keys[at++] = (byte) (key >>> shift);
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(keys);
  }
}
