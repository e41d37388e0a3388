/**
 * Files of routes and flows, watched for edits.
 */
package dev.gtmroutes.flow.files;
