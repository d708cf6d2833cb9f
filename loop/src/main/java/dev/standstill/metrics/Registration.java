package dev.standstill.metrics;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The entry of a loop in the platform's MBean server. A class of its own, because the JVM may lack
 * the module.
 */
final class Registration {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private Registration() {}

  /**
   * Registers a loop under the first name that is free.
   *
   * @return what takes it out again
   */
  static Runnable add(String loopName, EventLoopMXBean bean) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (int number = 1; ; number++) {
      try {
        ObjectName name = name(loopName, number);
        server.registerMBean(bean, name);
        return () -> remove(server, name);
      } catch (InstanceAlreadyExistsException e) {
        // The next number may be free.
      } catch (JMException e) {
        throw new IllegalStateException(
            "EventLoop \"%s\" cannot be registered for JMX.".formatted(loopName), e);
      }
    }
  }

  private static ObjectName name(String loopName, int number) throws JMException {
    return new ObjectName(
        "dev.standstill:type=EventLoop,name=%s%s"
            .formatted(ObjectName.quote(loopName), number == 1 ? "" : ",number=" + number));
  }

  private static void remove(MBeanServer server, ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (JMException e) {
      LOG.log(System.Logger.Level.DEBUG, "%s was not registered any more.".formatted(name), e);
    }
  }
}
