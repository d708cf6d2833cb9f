package dev.standstill.junit;

import org.jspecify.annotations.Nullable;

/**
 * Whose loop it is. Immutable.
 *
 * @param openedBy as which JUnit knows the test or the class that has opened it
 * @param test the name of that; null if tests share it that have no name in common
 * @param areMany whether other tests have run on it, or will, so that no token repeats one test
 */
record LoopUsers(String openedBy, @Nullable TestName test, boolean areMany) {}
