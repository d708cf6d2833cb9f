@echo off
rem Says what to do on Windows, where the script beside this one does not run.
echo The command line of Standstill is a bash script: run ./standstill in WSL or in Git Bash, with a JDK 25 and Maven. 1>&2
echo The libraries need neither: see docs/install.md. 1>&2
exit /b 2
