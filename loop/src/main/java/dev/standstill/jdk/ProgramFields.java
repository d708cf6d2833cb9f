package dev.standstill.jdk;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the fields of programs, for reports. Any thread may call. */
public final class ProgramFields {

  private ProgramFields() {}

  /**
   * Reads a field; runs no code of the program.
   *
   * @param type a class that has the field or inherits it
   * @param target the object, or null if the field is static
   * @param reader takes what is in it, boxed if it is primitive
   * @return whether it could be read
   */
  public static boolean read(
      Class<?> type, String name, @Nullable Object target, Consumer<@Nullable Object> reader) {
    Field field = find(type, name);
    if (field == null
        || target == null && !Modifier.isStatic(field.getModifiers())
        || !field.trySetAccessible()) {
      return false;
    }
    try {
      reader.accept(field.get(target));
      return true;
    } catch (IllegalAccessException e) {
      return false;
    }
  }

  private static @Nullable Field find(Class<?> type, String name) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      try {
        return at.getDeclaredField(name);
      } catch (NoSuchFieldException e) {
        // A superclass may have it.
      }
    }
    return null;
  }
}
