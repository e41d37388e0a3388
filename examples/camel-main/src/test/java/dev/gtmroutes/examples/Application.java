// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

/** The application in this process. Its main method returns only when it ends. */
final class Application {

    private Application() {
    }

    static void start() {
        Thread main = new Thread(() -> {
            try {
                Calls.main(new String[0]);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, "application");
        main.setDaemon(true);
        main.start();
    }
}
