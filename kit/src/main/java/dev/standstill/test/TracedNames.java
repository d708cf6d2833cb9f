package dev.standstill.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a trace calls the objects that tasks wait for, and pools: as reports do, but objects are
 * compared with those of their class instead of being asked for their identity hash codes. Those
 * are drawn when somebody asks for the first time, and the run may go on. For one thread.
 */
final class TracedNames {

  /** More of one class have no numbers. */
  private static final int MOST = 5_000;

  private static final Pattern WORKER = Pattern.compile("(.+?)[-_ ]?(?:thread|worker)?[-_ ]?\\d+");

  private final Map<String, List<Object>> known = new TreeMap<>();
  private final ObjectNames names = new ObjectNames(List.of());
  private final List<Object> pools = new ArrayList<>();
  private final List<String> poolNames = new ArrayList<>();

  /** The name of an object; empty if there is none. */
  String of(@Nullable Object object) {
    if (object == null) {
      return "";
    }
    String alone = names.ofOnlyOne(object);
    if (alone != null) {
      return alone;
    }
    String type = ObjectNames.typeOf(object);
    List<Object> alike = known.computeIfAbsent(type, key -> new ArrayList<>());
    int at = indexOf(object, alike);
    if (at < 0 && alike.size() < MOST) {
      alike.add(object);
      at = alike.size() - 1;
    }
    return at < 0 ? type : type + "#" + (at + 1);
  }

  /** The name of a pool, of whose workers one is called {@code worker}. */
  String ofPool(Object pool, String worker) {
    int at = indexOf(pool, pools);
    if (at < 0) {
      Matcher matcher = WORKER.matcher(worker);
      String name = matcher.matches() ? matcher.group(1) : ObjectNames.typeOf(pool);
      at = pools.size();
      pools.add(pool);
      poolNames.add(poolNames.contains(name) ? name + " (" + (at + 1) + ")" : name);
    }
    return poolNames.get(at);
  }

  private static int indexOf(Object object, List<Object> objects) {
    for (int i = 0; i < objects.size(); i++) {
      if (objects.get(i) == object) {
        return i;
      }
    }
    return -1;
  }
}
