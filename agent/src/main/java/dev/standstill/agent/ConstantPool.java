package dev.standstill.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The constant pool of a class file, read where it lies (JVMS 25, 4.4).
 *
 * <p>A static call is redirected by giving its method reference another class: name and descriptor
 * stay, so neither code nor stack maps change, no class has to be loaded to compute them, and
 * method handles ({@code System::nanoTime}) follow, since they use the same reference. That is also
 * cheap enough to look into every class that is loaded.
 *
 * <p>Confined to one thread. The constructor and {@link #mentions} throw {@link
 * IndexOutOfBoundsException} for bytes that are no class file.
 */
final class ConstantPool {

  private static final int COUNT = 8;
  private static final int FIRST_ENTRY = 10;
  private static final int MAX_COUNT = 0xFFFF;

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD_REF = 10;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  private final byte[] classFile;
  private final int[] offsets;
  private final int end;

  ConstantPool(byte[] classFile) {
    this.classFile = classFile;
    this.offsets = new int[u2(classFile, COUNT)];
    int offset = FIRST_ENTRY;
    for (int index = 1; index < offsets.length; ) {
      offsets[index] = offset;
      index += slots(classFile[offset]);
      offset = next(classFile, offset);
    }
    this.end = offset;
  }

  /** Returns whether the pool has one of the texts, without building anything. */
  static boolean mentions(byte[] classFile, byte[][] texts) {
    int count = u2(classFile, COUNT);
    int offset = FIRST_ENTRY;
    for (int index = 1; index < count; ) {
      int next = next(classFile, offset);
      if (classFile[offset] == UTF8 && isOneOf(texts, classFile, offset + 3, next)) {
        return true;
      }
      index += slots(classFile[offset]);
      offset = next;
    }
    return false;
  }

  /**
   * Redirects calls of static methods to those of the same name and descriptor in another class.
   *
   * @param calls the methods, written {@code java/lang/System.nanoTime()J}
   * @param owner the internal name of the other class
   * @return the new class file, or null if there is no such call
   * @throws IllegalStateException if the pool has no room for the name of the other class
   */
  byte @Nullable [] redirect(Set<String> calls, String owner) {
    byte[] redirected = null;
    for (int offset : offsets) {
      if (offset != 0 && classFile[offset] == METHOD_REF && calls.contains(method(offset))) {
        if (redirected == null) {
          redirected = append(utf8(owner), type(offsets.length));
        }
        putU2(redirected, offset + 1, offsets.length + 1);
      }
    }
    return redirected;
  }

  /**
   * Gives a class another name wherever the class file refers to it, but for descriptors.
   *
   * @return the new class file
   */
  byte[] rename(String from, String to) {
    byte[] renamed = append(utf8(to));
    for (int offset : offsets) {
      if (offset != 0 && classFile[offset] == CLASS && text(offset + 1).equals(from)) {
        putU2(renamed, offset + 1, offsets.length);
      }
    }
    return renamed;
  }

  /** Returns a copy of the class file whose pool has more entries behind its own. */
  private byte[] append(byte[]... entries) {
    if (offsets.length + entries.length > MAX_COUNT) {
      throw new IllegalStateException("its constant pool is full");
    }
    int length = classFile.length;
    for (byte[] entry : entries) {
      length += entry.length;
    }
    ByteBuffer extended = ByteBuffer.allocate(length).put(classFile, 0, end);
    for (byte[] entry : entries) {
      extended.put(entry);
    }
    extended.put(classFile, end, classFile.length - end);
    putU2(extended.array(), COUNT, offsets.length + entries.length);
    return extended.array();
  }

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(bytes.length + 3)
        .put((byte) UTF8)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] type(int name) {
    return ByteBuffer.allocate(3).put((byte) CLASS).putShort((short) name).array();
  }

  private String method(int methodRef) {
    int owner = offsets[u2(classFile, methodRef + 1)];
    int nameAndType = offsets[u2(classFile, methodRef + 3)];
    return String.join("", text(owner + 1), ".", text(nameAndType + 1), text(nameAndType + 3));
  }

  /** Returns the text whose index lies at the given offset. */
  private String text(int reference) {
    int utf8 = offsets[u2(classFile, reference)];
    return new String(classFile, utf8 + 3, u2(classFile, utf8 + 1), StandardCharsets.UTF_8);
  }

  private static int slots(byte tag) {
    return tag == LONG || tag == DOUBLE ? 2 : 1;
  }

  private static int next(byte[] classFile, int offset) {
    return offset
        + switch (classFile[offset]) {
          case UTF8 -> 3 + u2(classFile, offset + 1);
          case LONG, DOUBLE -> 9;
          case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> 3;
          case METHOD_HANDLE -> 4;
          default -> 5;
        };
  }

  private static boolean isOneOf(byte[][] texts, byte[] classFile, int from, int to) {
    for (byte[] text : texts) {
      if (text.length == to - from && Arrays.equals(classFile, from, to, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private static int u2(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
  }

  private static void putU2(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }
}
