using Digits;
using Dsl.Runtime;
using static TorchSharp.torch;

// Trains three ways on handwritten digits and shows the results beside those of PyTorch:
//   dotnet run -c Release --project samples/Digits [-- --seeds N]
// One seed alone says little on 50 labels: accuracies differ by points from one choice of them to another.
int seeds = args is ["--seeds", var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 3;
const string
    Cnn = "(a) CNN, 1,297 labels",
    Student = "(b) MLP, the teacher's outputs, no labels",
    FewLabels = "    the same MLP, 50 labels",
    FixMatch = "(c) CNN, 50 labels and FixMatch",
    MeanTeacher = "    CNN, 50 labels and Mean Teacher",
    FewLabelsCnn = "    a CNN, 50 labels";
var device = TrainingDevice.FromEnvironment();
var accuracies = new Dictionary<string, List<double>>();

for (int seed = 0; seed < seeds; seed++)
{
    using var recipes = new Recipes(seed, device);
    using var supervised = ConsoleProgress.Run("CNN, all labels", recipes.Supervised);
    Record(Cnn, supervised.Evaluate(recipes.Test));

    using var distilled = ConsoleProgress.Run("MLP, teacher only", progress => recipes.Distilled(supervised.Model, progress));
    Record(Student, distilled.Evaluate(recipes.Test));
    using var fewLabels = ConsoleProgress.Run("MLP, 50 labels", recipes.FewLabels);
    Record(FewLabels, fewLabels.Evaluate(recipes.Test));

    using var fixMatch = ConsoleProgress.Run("CNN, FixMatch", recipes.FixMatch);
    Record(FixMatch, fixMatch.Evaluate(recipes.Test));
    using var meanTeacher = ConsoleProgress.Run("CNN, Mean Teacher", recipes.MeanTeacher);
    Record(MeanTeacher, meanTeacher.Evaluate(recipes.Test));
    using var fewLabelsCnn = ConsoleProgress.Run("CNN, 50 labels", recipes.FewLabelsCnn);
    Record(FewLabelsCnn, fewLabelsCnn.Evaluate(recipes.Test));
}

// References: PyTorch 1.13 on the same data, mean and standard deviation over 5 seeds.
new ResultsTable($"Test accuracy on 500 digits, {seeds} seed{(seeds == 1 ? "" : "s")}", " %", "Dsl", "PyTorch, 5 seeds")
    .Add(Cnn, accuracies[Cnn], 99.1, 0.3)
    .Add(Student, accuracies[Student], 96.6, 0.7)
    .Add(FewLabels, accuracies[FewLabels], 87.5, 3.1)
    .Add(FixMatch, accuracies[FixMatch], 95.0, 1.6)
    .Add(MeanTeacher, accuracies[MeanTeacher], 92.2, 1.3)
    .Add(FewLabelsCnn, accuracies[FewLabelsCnn], 92.1, 1.3)
    .Write();

void Record(string what, Evaluation evaluation)
{
    if (!accuracies.TryGetValue(what, out var values)) accuracies.Add(what, values = []);
    values.Add(100 * evaluation.Accuracy);
}
