package dev.standstill.agent;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * A static method of the hooks, to be called by rewritten code. Immutable.
 *
 * @param owner the class of the hooks as the JVM knows it
 * @param name the name of the method
 */
record Hook(ClassDesc owner, String name) {

  /** Names a hook about clocks and waits. */
  static Hook ofWaits(String name) {
    return new Hook(HookClass.DESC, name);
  }

  /** Names a hook about threads. */
  static Hook ofThreads(String name) {
    return new Hook(HookClass.THREADS, name);
  }

  /** Names a hook about the work of pools. */
  static Hook ofPools(String name) {
    return new Hook(HookClass.POOLS, name);
  }

  /** Names a hook about what only reports show. */
  static Hook ofNotes(String name) {
    return new Hook(HookClass.NOTES, name);
  }

  /** Names a hook about sockets. */
  static Hook ofSockets(String name) {
    return new Hook(HookClass.SOCKETS, name);
  }

  /** Names a hook about the networks of loops. */
  static Hook ofNetwork(String name) {
    return new Hook(HookClass.NETWORK, name);
  }

  /** Names a hook about randomness. */
  static Hook ofRandom(String name) {
    return new Hook(HookClass.RANDOM, name);
  }

  /** Names a hook about first uses. */
  static Hook ofFirstUse(String name) {
    return new Hook(HookClass.FIRST_USE, name);
  }

  /** Names a hook about numbers. */
  static Hook ofNumbers(String name) {
    return new Hook(HookClass.NUMBERS, name);
  }

  /** Names a hook about libraries. */
  static Hook ofLibraries(String name) {
    return new Hook(HookClass.LIBRARIES, name);
  }

  /** Names a hook about shutdown hooks. */
  static Hook ofShutdown(String name) {
    return new Hook(HookClass.SHUTDOWN, name);
  }

  /** Names a hook about the extensions and statements of JUnit. */
  static Hook ofExtensions(String name) {
    return new Hook(HookClass.EXTENSIONS, name);
  }

  /** Writes the call. */
  void call(CodeBuilder code, MethodTypeDesc type) {
    code.invokestatic(owner, name, type);
  }
}
