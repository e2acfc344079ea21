using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dsl.Inspect;
using Dsl.Inspect.Projects;
using Dsl.Inspect.Reports;

namespace Dsl.Bench;

/// <summary>The command that times the training steps of a project.</summary>
internal static class BenchCommand
{
    /// <summary><c>bench PROJECT [TRAINER] [--batch-size N] [--seconds S] [--threads N] [--json]</c>.</summary>
    public static Command Declare()
    {
        var project = new Argument<string>("project") { Description = "A .csproj file, or a folder that holds one." };
        var trainer = new Argument<string?>("trainer")
        {
            Description = "A trainer, by its name; all of them when left out.", Arity = ArgumentArity.ZeroOrOne,
        };
        var batchSize = new Option<long?>("--batch-size")
        {
            Description = "Samples of a batch, in place of the declared number.",
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long each trainer is measured, about.", DefaultValueFactory = _ => 2,
        };
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads inside an operation; libtorch's own number when left out.",
        };
        AtLeast(batchSize, 1);
        AtLeast(threads, 1);
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 3600))
                result.AddError("--seconds is more than 0, at most 3600.");
        });
        var json = new Option<bool>("--json") { Description = "Print the results as JSON." };
        var configuration = new Option<string>(
            "--configuration") { Description = "The configuration to build.", DefaultValueFactory = _ => "Release" };
        var noBuild = new Option<bool>("--no-build") { Description = "Measure the project as it was built before." };
        var command = new Command("bench", "Times the training steps of a project's trainers, on random data of their shapes.")
        {
            project, trainer, batchSize, seconds, threads, json, configuration, noBuild,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(project), result.GetValue(trainer), result.GetRequiredValue(configuration),
            result.GetValue(noBuild), result.GetValue(batchSize), result.GetValue(seconds), result.GetValue(threads),
            result.GetValue(json)));
        return command;
    }

    /// <returns>The exit status: 1 where nothing was measured or something is wrong, which is said on the error
    /// stream.</returns>
    public static int Run(
        string path, string? trainer, string configuration, bool noBuild, long? batchSize, double seconds, int? threads,
        bool json)
    {
        try
        {
            string project = ProjectLoader.Find(path), name = Path.GetFileName(project);
            var loaded = ProjectLoader.Load(project, configuration, build: !noBuild);
            var chosen = Choose(Inspection.Of(loaded.Compilation, loaded.Options), trainer, name);
            using var host = new StepHost(loaded, name);
            var results = new List<BenchResult>();
            foreach (var type in chosen)
            {
                // Beside what is printed, which another program may read.
                Console.Error.WriteLine($"{type.Type.FullName}, {results.Count + 1} of {chosen.Count}");
                var planned = StepPlanner.Plan(type, Path.GetFileNameWithoutExtension(loaded.Output), batchSize);
                var (times, reason) = planned.Plan is { } plan
                    ? host.Measure(plan with { Seconds = seconds, Threads = threads }) : (null, planned.Reason);
                results.Add(new BenchResult(planned, times, reason));
            }

            if (json) Console.WriteLine(BenchReport.Json(results));
            else BenchReport.Write(InspectCommand.Terminal(), results);
            return results.Any(result => result.Times is not null) ? 0 : 1;
        }
        catch (InspectionException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    /// <summary>The trainers that are asked for; an exception says what is wrong with the declarations or the name.</summary>
    public static List<InspectedTrainer> Choose(Inspection inspection, string? name, string project)
    {
        var types = InspectCommand.Choose(inspection, name, project);
        var trainers = types.OfType<InspectedTrainer>().ToList();
        return trainers.Count > 0 ? trainers
            : throw new InspectionException(name is null
                ? $"{project} declares no [Trainer]: there are no steps to measure."
                : $"{name} is a model: name a [Trainer], whose steps are measured.");
    }

    private static void AtLeast<T>(Option<T> option, long least) => option.Validators.Add(result =>
    {
        object? value = result.GetValueOrDefault<T>();
        if (value is not null && Convert.ToInt64(value, CultureInfo.InvariantCulture) < least)
            result.AddError($"{option.Name} is at least {least}.");
    });
}
