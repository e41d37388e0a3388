/**
 * Gets activities out of People.ai: the windows of an export, the ledger that outlives a crash, job calls and fragments.
 * Plain Camel and Jackson: usable from the Kamelets in any Camel runtime.
 */
package dev.gtmroutes.peopleai;
