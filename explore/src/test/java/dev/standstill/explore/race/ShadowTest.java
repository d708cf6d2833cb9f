package dev.standstill.explore.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShadowTest {

  private final HappensBefore order = new HappensBefore();
  private final TaskClock one = order.begins(new Thread());
  private final TaskClock other = order.begins(new Thread());
  private final TaskClock third = order.begins(new Thread());
  private final Shadow shadow = new Shadow();

  @Test
  void findsAWriteThatNothingOrders() {
    assertThat(shadow.writtenBy(one, 1)).isEqualTo(Shadow.NONE);
    assertThat(shadow.readBy(other, 2)).isEqualTo(1);
    assertThat(shadow.writtenBy(third, 3)).isEqualTo(1);
  }

  @Test
  void findsAnyOfManyReads() {
    shadow.readBy(one, 1);
    shadow.readBy(other, 2);
    shadow.readBy(third, 3);
    one.wakes(third);

    assertThat(shadow.writtenBy(third, 4)).isEqualTo(2);
  }

  @Test
  void isSilentOfReads() {
    assertThat(shadow.readBy(one, 1)).isEqualTo(Shadow.NONE);
    assertThat(shadow.readBy(other, 2)).isEqualTo(Shadow.NONE);
  }

  @Test
  void isSilentOfWhatIsOrderedByWayOfAThird() {
    shadow.writtenBy(one, 1);
    one.wakes(third);
    third.wakes(other);

    assertThat(shadow.writtenBy(other, 2)).isEqualTo(Shadow.NONE);
  }

  @Test
  void findsWhatComesAfterTheOrder() {
    one.wakes(other);
    shadow.writtenBy(one, 1);

    assertThat(shadow.readBy(other, 2)).isEqualTo(1);
  }

  @Test
  void isSilentOfWhatAMonitorOrders() {
    Object monitor = new Object();
    order.enters(one, monitor);
    shadow.writtenBy(one, 1);
    order.exits(one, monitor);
    order.enters(other, monitor);

    assertThat(shadow.readBy(other, 2)).isEqualTo(Shadow.NONE);
  }
}
