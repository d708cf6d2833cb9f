package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Prints what the agent says of itself. */
public final class Facts {

  private Facts() {}

  public static void main(String[] arguments) throws Exception {
    Class<?> hooks = Loop.hooks();
    System.out.println("module=" + hooks.getModule().getName());
    System.out.println("public=" + Modifier.isPublic(hooks.getModifiers()));
    System.out.println("active=" + hooks.getField("active").get(null));
    System.out.println("problem=" + ((Supplier<?>) hooks.getField("problem").get(null)).get());
    System.out.println("closed=" + packagesThatAreOpen());
    open(hooks.getField("opener").get(null));
    System.out.println("opened=" + packagesThatAreOpen());
  }

  @SuppressWarnings("unchecked")
  private static void open(Object opener) {
    ((Consumer<Module>) opener).accept(Facts.class.getModule());
  }

  private static String packagesThatAreOpen() {
    return Set.of(
            "java.lang",
            "java.util.concurrent",
            "java.util.concurrent.locks",
            "jdk.internal.vm",
            "jdk.internal.misc",
            "sun.nio.ch")
        .stream()
        .filter(name -> Object.class.getModule().isOpen(name, Facts.class.getModule()))
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
