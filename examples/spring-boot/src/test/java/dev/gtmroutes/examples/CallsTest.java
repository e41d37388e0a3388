package dev.gtmroutes.examples;

class CallsTest extends ApplicationChecks {

    @Override
    protected void run() {
        Calls.main(new String[0]);
    }
}
