using System.CommandLine;
using Dsl.Runtime;
using Recipes;

// Reruns a published result and shows it beside its reference:
//   ./dsl recipe NAME [--seeds N]
var seeds = new Option<int>("--seeds") { Description = "How many runs, with seeds 0, 1, ...", DefaultValueFactory = _ => 5 };
var root = new RootCommand($"Reruns published results. The data lies in the folder that {DataFolder.Variable} names.") { seeds };
seeds.Recursive = true;
foreach (var recipe in Recipe.All)
{
    var command = new Command(recipe.Name, recipe.Description);
    command.SetAction(result => recipe.Run(result.GetRequiredValue(seeds), TrainingDevice.FromEnvironment()) ? 0 : 1);
    root.Add(command);
}

return root.Parse(args).Invoke();
