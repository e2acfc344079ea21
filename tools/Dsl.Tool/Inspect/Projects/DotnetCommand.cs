using System.Diagnostics;

namespace Dsl.Inspect.Projects;

/// <summary>The SDK's command line.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs <c>dotnet</c> to its end.</summary>
    /// <returns>Whether it succeeded, and what it wrote to either stream.</returns>
    public static (bool Succeeded, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // A dotnet that starts this program hands down its own choices of SDK.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBuildExtensionsPath");
        using var process = Process.Start(start)
            ?? throw new InspectionException("'dotnet' does not start: is the .NET SDK on the PATH?");
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, output + errors.GetAwaiter().GetResult());
    }
}
