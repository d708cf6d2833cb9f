package dev.standstill.network;

import dev.standstill.test.spi.IsolatedLoader;
import dev.standstill.test.spi.MainMethod;
import java.util.List;

/**
 * A class with a main method.
 *
 * @param arguments what the main method gets
 */
record MainProgram(ClassLoader source, String className, List<String> arguments)
    implements LoadedProgram {

  @Override
  public HostProgram in(IsolatedLoader loader) {
    Class<?> type = load(loader);
    if (!MainMethod.isIn(type)) {
      throw new IllegalArgumentException(
          "%s cannot be the program of a host: it has no main method.".formatted(type.getName()));
    }
    MainMethod main = MainMethod.of(type);
    return LoadedProgram.of(() -> main.invoke(arguments.toArray(String[]::new)));
  }

  private Class<?> load(IsolatedLoader loader) {
    try {
      return loader.loadClass(className);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "There is no class %s where the program of a host is looked for.".formatted(className),
          e);
    }
  }
}
