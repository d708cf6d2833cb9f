// Nobody has run this build file: there is no Gradle where it was written.
plugins {
  java
}

repositories {
  mavenLocal() // as long as Standstill is not published
  mavenCentral()
}

java {
  toolchain {
    languageVersion = JavaLanguageVersion.of(25)
  }
}

val standstillAgent by configurations.creating {
  isTransitive = false
}

dependencies {
  testImplementation(platform("dev.standstill:standstill-bom:0.1.0-SNAPSHOT"))
  testImplementation("dev.standstill:standstill-junit")
  testImplementation(platform("org.junit:junit-bom:6.1.3"))
  testImplementation("org.junit.jupiter:junit-jupiter")
  testRuntimeOnly("org.junit.platform:junit-platform-launcher")
  standstillAgent("dev.standstill:standstill-agent:0.1.0-SNAPSHOT")
}

class StandstillAgent(@get:Classpath val jar: FileCollection) : CommandLineArgumentProvider {
  override fun asArguments() = listOf("-javaagent:" + jar.singleFile)
}

tasks.test {
  useJUnitPlatform()
  jvmArgumentProviders.add(StandstillAgent(standstillAgent))
}
