using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using Retrieval;
using Spectre.Console;

// A shop's search by pictures, stage by stage, from drawn pictures: dotnet run --project samples/Retrieval -c Release [SEED]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 110);
int seed = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 0;
var watch = Stopwatch.StartNew();
using var search = new VisualSearch(Sizes.Whole, seed);
var stages = ConsoleProgress.Run("search", progress => search.Search(progress));
Console.WriteLine($"detector: mAP@0.5 {search.Detection.MeanAveragePrecision50:P1}, finds {search.Found:P1} of the products");
Console.WriteLine($"weights: kind {search.Weights.Kind}, style {search.Weights.Style}");
Console.WriteLine($"log: {search.Mined.Pages} pages learned of, {search.Mined.Triplets} triplets");
var table = new Table { Border = TableBorder.Markdown };
foreach (string column in new[] { "stage", "recall@1", "recall@8", "DCG@8", "nDCG@8" }) table.AddColumn(column);
foreach (var (ranker, evaluation) in stages)
{
    var (first, eight) = (evaluation.Cutoffs[0], evaluation.Cutoffs[1]);
    table.AddRow(ranker, $"{first.Recall:P1}", $"{eight.Recall:P1}", $"{eight.Dcg:0.00}", $"{eight.Ndcg:0.000}");
}

AnsiConsole.Write(table);
var additions = new Table { Border = TableBorder.Markdown };
foreach (string column in new[] { "two kinds are added", "old before", "old after", "new", "nDCG@8 of all" })
    additions.AddColumn(column);
foreach (var one in ConsoleProgress.Run("new kinds", progress => search.AddKinds(progress).ToList()))
{
    additions.AddRow(one.Way, $"{one.OldBefore:P1}", $"{one.OldAfter:P1}", $"{one.New:P1}", $"{one.Ndcg:0.000}");
}

Console.WriteLine($"detector: finds {search.NewFound:P1} of the products of kinds that it never saw");
AnsiConsole.Write(additions);
Console.WriteLine($"{watch.Elapsed.TotalSeconds:0} s");
