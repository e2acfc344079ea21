using System.CommandLine;
using Dsl.Inspect;
using Dsl.Inspect.Projects;

namespace Dsl.New;

/// <summary><c>new KIND FOLDER</c>: a project of the package Dsl.Templates, which is installed where it is missing.</summary>
internal static class NewCommand
{
    private static readonly string[] Kinds = ["table", "images", "classifier", "onnx-service"];

    public static Command Declare()
    {
        var kind = new Argument<string>("kind") { Description = string.Join(", ", Kinds) };
        kind.AcceptOnlyFromAmong(Kinds);
        var folder = new Argument<string>("folder") { Description = "Where it is made; its name is the project's." };
        var libtorch = new Option<string?>("--libtorch")
        {
            Description = "The package of libtorch, where it is not the one of this system for the CPU.",
        };
        var command = new Command("new", "Makes a project that trains at its first run.") { kind, folder, libtorch };
        command.SetAction(result => Run(
            result.GetRequiredValue(kind), result.GetRequiredValue(folder), result.GetValue(libtorch)));
        return command;
    }

    private static int Run(string kind, string folder, string? libtorch)
    {
        string template = $"dsl-{kind}";
        if (!DotnetCommand.Run("new", "list", template).Succeeded)
        {
            var (installed, log) = DotnetCommand.Run("new", "install", "Dsl.Templates");
            if (!installed)
            {
                Console.Error.WriteLine($"The package Dsl.Templates cannot be installed:\n{log.Trim()}");
                return 1;
            }
        }

        string[] further = kind == "onnx-service" ? [] : ["--libtorch", libtorch ?? Here()];
        var (made, said) = DotnetCommand.Run(["new", template, "--output", folder, .. further]);
        (made ? Console.Out : Console.Error).WriteLine(made ? $"{folder} is made: cd {folder} && dotnet run" : said.Trim());
        return made ? 0 : 1;
    }

    private static string Here() => OperatingSystem.IsWindows() ? "libtorch-cpu-win-x64"
        : OperatingSystem.IsMacOS() ? "libtorch-cpu-osx-arm64" : "libtorch-cpu-linux-x64";
}
