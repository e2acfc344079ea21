using System;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Notation;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Compares what a model costs with what it may. Only when its passes are planned is it known what they save.</summary>
internal static class BudgetChecker
{
    public static void Check(ModelDeclaration declaration, NetworkProgram network, NetworkPair? pair, Findings findings)
    {
        if (declaration.Budget is null || AttributeBinder.Bind<BudgetAttribute>(declaration.Budget, findings) is not { } budget)
            return;
        if (budget.Declaration.Arguments.Count == 0) findings.Add(Catalogue.EmptyBudget, budget.Site).Offer(budget.Remove());
        Compare(nameof(BudgetAttribute.Parameters), budget.Attribute.Parameters, "parameters", false, layer => layer.Parameters);
        Compare(nameof(BudgetAttribute.Flops), budget.Attribute.Flops, "FLOPs a sample", network.IsOpaque, LayerCosts.Flops);
        Compare(nameof(BudgetAttribute.ActivationBytes), budget.Attribute.ActivationBytes,
            "bytes a sample for the backward pass", pair is null,
            layer => LayerCosts.SavedBytes(layer, pair!));

        void Compare(string argument, string? limit, string what, bool isUnknown, Func<NetworkLayer, long> cost)
        {
            if (limit is null) return;
            Site site = budget.SiteOf(argument);
            bool isBytes = argument == nameof(BudgetAttribute.ActivationBytes);
            if (Quantity.Parse(limit, isBytes) is not { } most)
            {
                findings.Add(Catalogue.NotAQuantity, site, limit, isBytes ? "\"100MB\" or \"64 KiB\"" : "\"1.5M\" or \"250k\"");
                return;
            }

            if (isUnknown)
            {
                findings.Add(Catalogue.CostUnknown, site, argument, declaration.Type.Name).Offer(budget.Remove(argument));
                return;
            }

            long sum = network.Layers.Sum(cost);
            if (sum <= most) return;
            var largest = network.Layers.OrderByDescending(cost).First();
            string share = (sum / most - 1).ToString(sum < 1.1 * most ? "0.##%" : "0%", CultureInfo.InvariantCulture);
            findings.Add(Catalogue.OverBudget, site, largest.Declaration?.Site, declaration.Type.Name, Quantity.Show(sum), what,
                share, limit, largest.Description, Quantity.Show(cost(largest)));
        }
    }
}
