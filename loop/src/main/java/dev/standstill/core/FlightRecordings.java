package dev.standstill.core;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * Knows whether JFR records just now. Any thread may call.
 *
 * <p>To load the class of an event costs a quarter of a second (JDK 25), so none is loaded before.
 */
final class FlightRecordings {

  private static volatile boolean running;

  static {
    if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
      Listener.add();
    }
  }

  private FlightRecordings() {}

  /** Whether a recording runs. */
  static boolean areRunning() {
    return running;
  }

  /** A class of its own, because the JVM may lack the module. */
  private static final class Listener implements FlightRecorderListener {

    static void add() {
      FlightRecorder.addListener(new Listener());
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
      look();
    }

    @Override
    public void recordingStateChanged(Recording recording) {
      look();
    }

    private static void look() {
      running =
          FlightRecorder.getFlightRecorder().getRecordings().stream()
              .anyMatch(recording -> recording.getState() == RecordingState.RUNNING);
    }
  }
}
