package dev.standstill.agent;

import java.lang.classfile.MethodModel;

/**
 * One row of the table of rewrites: what is changed in one method of the JDK, and why. Immutable.
 *
 * @param type the internal name of the class
 * @param method the name of the method
 * @param descriptor its descriptor
 * @param edit the change
 * @param why what the change is for, to be read after "so that"
 */
record MethodRewrite(String type, String method, String descriptor, Edit edit, String why) {

  /** Returns whether the row is about this method of its class. */
  boolean fits(MethodModel candidate) {
    return candidate.methodName().equalsString(method)
        && candidate.methodType().equalsString(descriptor);
  }

  /** Says what is missing when the row found nothing to change. */
  String missing() {
    return "%s.%s%s %s, which the agent has to rewrite so that %s"
        .formatted(type.replace('/', '.'), method, descriptor, edit.missing(), why);
  }
}
