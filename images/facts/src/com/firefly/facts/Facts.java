package com.firefly.facts;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service that keeps facts in its database: small, and in all that the platform asks of one a whole service. */
@SpringBootApplication
public class Facts {
  public static void main(String[] arguments) {
    SpringApplication.run(Facts.class, arguments);
  }
}
