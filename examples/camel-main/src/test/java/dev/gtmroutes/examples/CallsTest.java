package dev.gtmroutes.examples;

class CallsTest extends ApplicationChecks {

    @Override
    protected void run() {
        Application.start();
    }
}
