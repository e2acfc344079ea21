using System.CommandLine;
using System.Diagnostics;
using Dsl.Runtime;
using Recipes;
using static TorchSharp.torch;

// Reruns a published result and shows it beside its reference:
//   ./dsl recipe NAME [--seeds N] [--record FILE]
var seeds = new Option<int>("--seeds") { Description = "How many runs, with seeds 0, 1, ...", DefaultValueFactory = _ => 5 };
var record = new Option<FileInfo?>("--record")
{
    Description = "A file of results that this one goes into, in the place of an earlier one: samples/Recipes/results.json",
};
var root = new RootCommand($"Reruns published results. The data lies in the folder that {DataFolder.Variable} names.")
{
    seeds, record,
};
seeds.Recursive = record.Recursive = true;
foreach (var recipe in Recipe.All)
{
    var command = new Command(recipe.Name, recipe.Description);
    command.SetAction(result =>
    {
        int count = result.GetRequiredValue(seeds);
        var watch = Stopwatch.StartNew();
        bool isReached = recipe.Run(count, TrainingDevice.FromEnvironment());
        if (result.GetValue(record) is { } file)
        {
            new RecordedRun(
                recipe.Name, DateOnly.FromDateTime(DateTime.Today), count, get_num_threads(),
                Math.Round(watch.Elapsed.TotalSeconds, 1), isReached, RecipeTable.Shown).Save(file.FullName);
        }

        return isReached ? 0 : 1;
    });
    root.Add(command);
}

return root.Parse(args).Invoke();
