package dev.standstill.explore.search;

import dev.standstill.core.ProgramCode;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks at what is accessed, without running any code of the program. */
final class Values {

  private Values() {}

  /** What is now in the field or the atomic that is accessed at a place; null if nobody knows. */
  static Story.@Nullable Value read(@Nullable Object target, int place) {
    Site site = Places.site(place);
    if (site.isField()) {
      return ofField(target, site);
    }
    return switch (target) {
      case AtomicInteger number -> new Story.Value(number.get());
      case AtomicLong number -> new Story.Value(number.get());
      case AtomicBoolean flag -> new Story.Value(flag.get());
      case AtomicReference<?> reference -> new Story.Value(reference.get());
      case null, default -> null;
    };
  }

  private static Story.@Nullable Value ofField(@Nullable Object target, Site site) {
    Class<?> type = target == null ? type(site.owner()) : type(site.owner(), target.getClass());
    if (type == null) {
      return null;
    }
    List<Story.Value> read = new ArrayList<>();
    ProgramCode.readField(type, site.member(), target, value -> read.add(new Story.Value(value)));
    return read.isEmpty() ? null : read.getFirst();
  }

  /** A class may hide a field of a superclass. */
  private static @Nullable Class<?> type(String name, Class<?> ofTarget) {
    Class<?> type = ofTarget;
    while (type != null && !type.getName().equals(name)) {
      type = type.getSuperclass();
    }
    return type;
  }

  private static @Nullable Class<?> type(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
