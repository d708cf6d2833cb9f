package dev.standstill.agent;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** Loads an agent into another JVM. The only class that needs the module {@code jdk.attach}. */
final class Attachment {

  private Attachment() {}

  /**
   * Returns once the agent has started.
   *
   * @throws IOException if that JVM cannot be reached or refuses the agent
   */
  static void load(String process, String jar) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(process);
      machine.loadAgent(jar);
      machine.detach();
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
