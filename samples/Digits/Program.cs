using Digits;
using Dsl.Runtime;
using static TorchSharp.torch;

// Trains three ways on handwritten digits and shows the results beside those of PyTorch:
//   dotnet run -c Release --project samples/Digits [-- --seeds N]
int seeds = args is ["--seeds", var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 1;
var device = TrainingDevice.FromEnvironment();
var accuracies = new Dictionary<string, List<double>>();

for (int seed = 0; seed < seeds; seed++)
{
    using var recipes = new Recipes(seed, device);
    using var supervised = ConsoleProgress.Run("CNN, all labels", recipes.Supervised);
    Record("(a) CNN, 1,297 labels", supervised.Evaluate(recipes.Test));

    using var distilled = ConsoleProgress.Run("MLP, teacher only", progress => recipes.Distilled(supervised.Model, progress));
    Record("(b) MLP, the teacher's outputs, no labels", distilled.Evaluate(recipes.Test));
    using var fewLabels = ConsoleProgress.Run("MLP, 50 labels", recipes.FewLabels);
    Record("    the same MLP, 50 labels", fewLabels.Evaluate(recipes.Test));

    using var meanTeacher = ConsoleProgress.Run("CNN, Mean Teacher", recipes.MeanTeacher);
    Record("(c) CNN, 50 labels and Mean Teacher", meanTeacher.Evaluate(recipes.Test));
    using var fewLabelsCnn = ConsoleProgress.Run("CNN, 50 labels", recipes.FewLabelsCnn);
    Record("    a CNN, 50 labels", fewLabelsCnn.Evaluate(recipes.Test));
}

// References: PyTorch 1.13 on the same data, mean and standard deviation over 5 seeds.
new ResultsTable($"Test accuracy on 500 digits{(seeds > 1 ? $", mean of {seeds} seeds" : "")}", " %", "Dsl", "PyTorch")
    .Add("(a) CNN, 1,297 labels", Mean("(a) CNN, 1,297 labels"), 99.1, 0.3)
    .Add("(b) MLP, the teacher's outputs, no labels", Mean("(b) MLP, the teacher's outputs, no labels"), 96.6, 0.7)
    .Add("    the same MLP, 50 labels", Mean("    the same MLP, 50 labels"), 87.5, 3.1)
    .Add("(c) CNN, 50 labels and Mean Teacher", Mean("(c) CNN, 50 labels and Mean Teacher"), 92.2, 1.3)
    .Add("    a CNN, 50 labels", Mean("    a CNN, 50 labels"), 92.1, 1.3)
    .Write();

void Record(string what, Evaluation evaluation)
{
    if (!accuracies.TryGetValue(what, out var values)) accuracies.Add(what, values = []);
    values.Add(100 * evaluation.Accuracy);
}

double Mean(string what) => accuracies[what].Average();
