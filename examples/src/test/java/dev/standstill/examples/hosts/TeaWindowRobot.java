package dev.standstill.examples.hosts;

import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;

/** Uses the window as a person does, with the mouse, and tells what the window shows. */
final class TeaWindowRobot {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Robot robot = new Robot();
  private final TeaWindow window = ask(TeaWindow::open);

  private TeaWindowRobot() throws Exception {
    robot.setAutoDelay(20);
    until("Clicked 0 times");
  }

  /**
   * @param args files for pictures of the window while it brews
   */
  public static void main(String[] args) throws Exception {
    var robot = new TeaWindowRobot();
    try {
      robot.brewAndClick(args);
    } finally {
      ask(robot::close);
    }
  }

  private void brewAndClick(String... pictures) throws Exception {
    click(window.brewButton());
    until("Heating: 40 °C");
    for (int clicks = 1; clicks <= 3; clicks++) {
      click(window.countButton());
      until("Clicked " + clicks + " times");
    }
    System.out.println(shown());
    for (String picture : pictures) {
      takePicture(Path.of(picture));
    }
    until("Tea is ready");
    System.out.println(shown());
  }

  private boolean close() {
    window.frame().dispose();
    return true;
  }

  private static <T> T ask(Callable<T> question) throws Exception {
    var answer = new FutureTask<>(question);
    EventQueue.invokeLater(answer);
    return answer.get();
  }

  private String shown() throws Exception {
    return ask(() -> window.state() + ", " + window.countButton().getText());
  }

  private void until(String text) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!shown().contains(text)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("The window shows \"%s\", not %s".formatted(shown(), text));
      }
      Thread.sleep(5);
    }
  }

  private void click(AbstractButton button) throws Exception {
    while (!ask(() -> button.getModel().isRollover())) {
      pointAt(button);
    }
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
  }

  /** From outside, for the window may have been mapped below a pointer that was there already. */
  private void pointAt(AbstractButton button) throws Exception {
    Rectangle bounds = ask(() -> new Rectangle(button.getLocationOnScreen(), button.getSize()));
    robot.mouseMove(bounds.x + bounds.width / 2, bounds.y + 300);
    robot.mouseMove((int) bounds.getCenterX(), (int) bounds.getCenterY());
    robot.delay(50);
  }

  private void takePicture(Path file) throws Exception {
    Rectangle bounds = ask(window.frame()::getBounds);
    ImageIO.write(robot.createScreenCapture(bounds), "png", file.toFile());
  }
}
