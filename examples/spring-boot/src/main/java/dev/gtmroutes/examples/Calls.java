// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application on Spring Boot whose routes are in {@code camel/}. */
@SpringBootApplication
public class Calls {

    public static void main(String[] args) {
        SpringApplication.run(Calls.class, args);
    }
}
