package dev.standstill.notebook;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tests that cells have defined.
 *
 * @param classes the newest definition of each class with tests
 * @param topLevel the methods of cells themselves that are tests, or are to run around them
 * @param loader finds all of them
 */
record CellTests(List<Class<?>> classes, List<Method> topLevel, ClassLoader loader) {

  /** The classes that JUnit is to run: one more for the methods, if there are tests among them. */
  List<Class<?>> toRun() {
    return topLevel.stream().noneMatch(CellClasses::isTest)
        ? classes
        : Stream.concat(classes.stream(), Stream.of(TopLevelTests.of(topLevel, loader))).toList();
  }
}
